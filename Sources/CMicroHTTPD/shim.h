#pragma once
#include <microhttpd.h>

/* How the library calls back; every function gets the same context. */
struct cmhd_callbacks {
  MHD_AccessHandlerCallback handle;
  void *(*request_line)(void *context, const char *uri, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection_changed;
  void *context;
};

/* What a daemon may use; key and certificate are PEM text, NULL without TLS. */
struct cmhd_settings {
  unsigned connections;
  unsigned idle_seconds;
  size_t connection_memory;
  const char *key;
  const char *certificate;
  const char *priorities;
};

/* Starts a daemon on a socket that listens already; the variadic call is out of Swift's reach. */
static inline struct MHD_Daemon *cmhd_start(
    int socket, struct cmhd_settings settings, struct cmhd_callbacks callbacks) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
  struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem tls[] = {
    {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings.key},
    {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings.certificate},
    {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)settings.priorities},
    {MHD_OPTION_END, 0, NULL}};
  if (settings.key) flags |= MHD_USE_TLS;
  return MHD_start_daemon(
      flags, 0, NULL, NULL, callbacks.handle, callbacks.context,
      MHD_OPTION_LISTEN_SOCKET, socket,
      MHD_OPTION_CONNECTION_LIMIT, settings.connections,
      MHD_OPTION_CONNECTION_TIMEOUT, settings.idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings.connection_memory,
      MHD_OPTION_URI_LOG_CALLBACK, callbacks.request_line, callbacks.context,
      MHD_OPTION_NOTIFY_COMPLETED, callbacks.completed, callbacks.context,
      MHD_OPTION_NOTIFY_CONNECTION, callbacks.connection_changed, callbacks.context,
      MHD_OPTION_ARRAY, settings.key ? tls : plain,
      MHD_OPTION_END);
}

/* The address of the other side; NULL when it is not known. */
static inline const struct sockaddr *cmhd_client_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

/* The socket of a connection; -1 when it is not known. */
static inline int cmhd_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/* What `connection_changed` left with the connection; NULL when it left nothing. */
static inline void *cmhd_connection_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* Request line and headers as they came, in bytes. */
static inline size_t cmhd_header_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

/* A response of unknown length that `read` supplies; the numbers are macros out of Swift's reach. */
static inline struct MHD_Response *cmhd_streamed_response(
    size_t block, MHD_ContentReaderCallback read, void *context) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, block, read, context, NULL);
}

static inline ssize_t cmhd_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t cmhd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }
