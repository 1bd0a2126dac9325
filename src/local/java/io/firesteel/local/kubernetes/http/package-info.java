/**
 * The HTTP interface: listens, routes requests, and serves reads, writes, watches and discovery.
 */
@NullMarked
package io.firesteel.local.kubernetes.http;

import org.jspecify.annotations.NullMarked;
