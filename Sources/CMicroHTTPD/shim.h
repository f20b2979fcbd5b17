#pragma once
#include <microhttpd.h>

/* How the library calls back; every function gets the same context. */
struct cmhd_callbacks {
  MHD_AccessHandlerCallback handle;
  void *(*request_line)(void *context, const char *uri, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback completed;
  void *context;
};

/* Starts a daemon on a socket that listens already; the variadic call is out of Swift's reach. */
static inline struct MHD_Daemon *cmhd_start(
    int socket, unsigned connections, unsigned idle_seconds, size_t connection_memory,
    struct cmhd_callbacks callbacks) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL,
      callbacks.handle, callbacks.context,
      MHD_OPTION_LISTEN_SOCKET, socket,
      MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
      MHD_OPTION_URI_LOG_CALLBACK, callbacks.request_line, callbacks.context,
      MHD_OPTION_NOTIFY_COMPLETED, callbacks.completed, callbacks.context,
      MHD_OPTION_END);
}

/* The address of the other side; NULL when it is not known. */
static inline const struct sockaddr *cmhd_client_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

