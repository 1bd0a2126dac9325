/**
 * Watches on the store: each reads the watch cache at the pace of its client. Independent of HTTP.
 */
@NullMarked
package io.firesteel.local.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
