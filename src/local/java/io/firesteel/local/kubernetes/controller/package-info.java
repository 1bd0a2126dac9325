/**
 * Controllers that run beside the API server: garbage collection, namespace deletion and the expiry
 * of events.
 */
@NullMarked
package io.firesteel.local.kubernetes.controller;

import org.jspecify.annotations.NullMarked;
