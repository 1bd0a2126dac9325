/** Parses HTTP requests: path, query and body; and sends responses. */
@NullMarked
package io.firesteel.local.kubernetes.http.request;

import org.jspecify.annotations.NullMarked;
