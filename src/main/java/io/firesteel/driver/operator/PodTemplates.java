package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.jspecify.annotations.Nullable;

/** Pods from pod templates. */
public final class PodTemplates {

  private PodTemplates() {}

  /** The pod of a template, sharing its metadata and spec; null if there is no template. */
  public static @Nullable Pod pod(@Nullable PodTemplateSpec template) {
    if (template == null) {
      return null;
    }
    var pod = new Pod();
    pod.setMetadata(template.getMetadata());
    pod.setSpec(template.getSpec());
    return pod;
  }
}
