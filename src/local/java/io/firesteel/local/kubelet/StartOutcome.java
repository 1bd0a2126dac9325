package io.firesteel.local.kubelet;

import io.firesteel.local.kubelet.process.ContainerProcess;

/** What came of an attempt to start a container. */
sealed interface StartOutcome {

  record Started(ContainerProcess process) implements StartOutcome {}

  /** The image cannot be pulled. */
  record ImagePullError(String message) implements StartOutcome {}

  /** The image's name is not one. */
  record InvalidImageName(String message) implements StartOutcome {}

  /** Something that the container refers to is not there yet. */
  record ContainerConfigError(String message) implements StartOutcome {}

  /** The container can never start as it is. */
  record StartError(String message) implements StartOutcome {}
}
