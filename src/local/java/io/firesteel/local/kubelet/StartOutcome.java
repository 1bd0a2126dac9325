package io.firesteel.local.kubelet;

import io.firesteel.local.kubelet.process.ContainerProcess;

/** The outcome of an attempt to start a container. */
sealed interface StartOutcome {

  record Started(ContainerProcess process) implements StartOutcome {}

  /** The image cannot be pulled. */
  record ImagePullError(String message) implements StartOutcome {}

  /** The image name is invalid. */
  record InvalidImageName(String message) implements StartOutcome {}

  /** An object that the container refers to does not exist. */
  record ContainerConfigError(String message) implements StartOutcome {}

  /** The container cannot start with this spec. */
  record StartError(String message) implements StartOutcome {}
}
