/**
 * Firesteel on a laptop: a Kafka broker, an API server with a kubelet that runs pods as local
 * processes, and workers in processes of their own. For trial and tests; not in the artifact.
 */
@NullMarked
package io.firesteel.local;

import org.jspecify.annotations.NullMarked;
