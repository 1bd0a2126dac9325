/** Calls to the Kubernetes API server, and what their answers mean. */
@NullMarked
package io.firesteel.cluster.api;

import org.jspecify.annotations.NullMarked;
