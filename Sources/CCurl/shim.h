#pragma once
#include <curl/curl.h>

// libcurl's options are variadic, which Swift cannot call.
static inline CURLcode ccurl_set_long(CURL *h, CURLoption o, long v) {
  return curl_easy_setopt(h, o, v);
}

static inline CURLcode ccurl_set_size(CURL *h, CURLoption o, curl_off_t v) {
  return curl_easy_setopt(h, o, v);
}

static inline CURLcode ccurl_set_text(CURL *h, CURLoption o, const char *v) {
  return curl_easy_setopt(h, o, v);
}

static inline CURLcode ccurl_set_pointer(CURL *h, CURLoption o, void *v) {
  return curl_easy_setopt(h, o, v);
}

static inline CURLcode ccurl_set_blob_copy(CURL *h, CURLoption o, const void *start, size_t size) {
  struct curl_blob blob = {(void *)start, size, CURL_BLOB_COPY};
  return curl_easy_setopt(h, o, &blob);
}

static inline CURLcode ccurl_set_callback(CURL *h, CURLoption o, curl_write_callback v) {
  return curl_easy_setopt(h, o, v);
}

static inline CURLcode ccurl_get_long(CURL *h, CURLINFO i, long *v) {
  return curl_easy_getinfo(h, i, v);
}

static inline CURLcode ccurl_get_pointer(CURL *h, CURLINFO i, void **v) {
  return curl_easy_getinfo(h, i, v);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *m, CURLMoption o, long v) {
  return curl_multi_setopt(m, o, v);
}
