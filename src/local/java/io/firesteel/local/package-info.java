/**
 * Firesteel on a laptop: a real Kafka broker, a Kubernetes API with a kubelet that runs pods as
 * local processes, and workers as processes of their own. For trying and testing; nothing of it is
 * in the artifact.
 */
@NullMarked
package io.firesteel.local;

import org.jspecify.annotations.NullMarked;
