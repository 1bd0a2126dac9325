/** Calls the Kubernetes API server and interprets its responses. */
@NullMarked
package io.firesteel.cluster.api;

import org.jspecify.annotations.NullMarked;
