package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.jspecify.annotations.Nullable;

/** Pods from pod templates. */
public final class PodTemplates {

  private PodTemplates() {}

  /** The pod a template stands for, sharing its parts; null if there is none. */
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
