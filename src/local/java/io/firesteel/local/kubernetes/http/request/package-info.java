/** What an HTTP request asks for: path, query, body and user; and the plain response. */
@NullMarked
package io.firesteel.local.kubernetes.http.request;

import org.jspecify.annotations.NullMarked;
