package io.firesteel.driver.operator;

import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.BatchSchedulerConfiguration;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code batchScheduler}: one unit of driver and executors for a scheduler with gangs or queues.
 * Volcano, YuniKorn and scheduler-plugins after the operator's {@code internal/scheduler}; Kueue,
 * for which the operator has no field, by its labels for plain pods.
 */
public final class BatchScheduling {

  /** The supported schedulers. */
  enum Scheduler {
    VOLCANO("volcano", "volcano"),
    YUNIKORN("yunikorn", "yunikorn"),
    PLUGINS("scheduler-plugins-scheduler", "scheduler-plugins-scheduler"),
    KUBE("kube-scheduler", "kube-scheduler"),
    KUEUE("kueue", null);

    private final String value;
    private final @Nullable String schedulerName;

    Scheduler(String word, @Nullable String schedulerName) {
      this.value = word;
      this.schedulerName = schedulerName;
    }

    static @Nullable Scheduler of(@Nullable String word) {
      return Arrays.stream(values()).filter(t -> t.value.equals(word)).findFirst().orElse(null);
    }
  }

  private BatchScheduling() {}

  /** Sets scheduler, labels and annotations of all pods. */
  static void conf(
      SparkApplicationSpec spec,
      DriverNames names,
      Map<String, String> conf,
      ValidationErrors errors) {
    String word = spec.batchScheduler();
    if (word == null || word.isEmpty()) {
      return;
    }
    Scheduler scheduler = Scheduler.of(word);
    if (scheduler == null) {
      errors.add(
          "/batchScheduler",
          "is not a supported batch scheduler",
          "use volcano, yunikorn, scheduler-plugins-scheduler, kube-scheduler or kueue; for any"
              + " other scheduler driver.schedulerName and executor.schedulerName");
      return;
    }
    if (scheduler.schedulerName instanceof String name) {
      conf.put("spark.kubernetes.driver.scheduler.name", name);
      conf.put("spark.kubernetes.executor.scheduler.name", name);
    }
    switch (scheduler) {
      case VOLCANO -> annotate(conf, "scheduling.k8s.io/group-name", podGroup(names));
      case PLUGINS, KUBE -> label(conf, "scheduling.x-k8s.io/pod-group", podGroup(names));
      case YUNIKORN -> yunikorn(spec, conf);
      case KUEUE -> kueue(spec, conf, errors);
    }
  }

  private static void yunikorn(SparkApplicationSpec spec, Map<String, String> conf) {
    if (queue(spec) instanceof String queue) {
      label(conf, "queue", queue);
    }
    String name = ".annotation.yunikorn.apache.org/task-group-name";
    conf.put("spark.kubernetes.driver" + name, "spark-driver");
    conf.put("spark.kubernetes.executor" + name, "spark-executor");
  }

  private static void kueue(
      SparkApplicationSpec spec, Map<String, String> conf, ValidationErrors errors) {
    if (!(queue(spec) instanceof String queue)) {
      errors.add("/batchSchedulerOptions/queue", "is missing", "name the LocalQueue");
      return;
    }
    label(conf, "kueue.x-k8s.io/queue-name", queue);
    if (spec.batchSchedulerOptions() instanceof BatchSchedulerConfiguration options
        && options.priorityClassName() instanceof String priority) {
      label(conf, "kueue.x-k8s.io/priority-class", priority);
    }
    // Kueue leaves pods alone that another pod owns, unless a label says otherwise.
    conf.put("spark.kubernetes.executor.label.kueue.x-k8s.io/managed", "true");
    conf.put("spark.kubernetes.executor.annotation.kueue.x-k8s.io/pod-suspending-parent", "pod");
  }

  private static @Nullable String queue(SparkApplicationSpec spec) {
    return spec.batchSchedulerOptions() instanceof BatchSchedulerConfiguration o ? o.queue() : null;
  }

  private static String podGroup(DriverNames names) {
    return names.prefix() + "-pg";
  }

  /** Adds the pod group, or YuniKorn's task groups as an annotation of the driver's pod. */
  public static void objects(SparkApplicationSpec spec, DriverNames names, DriverDraft draft) {
    Scheduler scheduler = Scheduler.of(spec.batchScheduler());
    if (scheduler == null) {
      return;
    }
    Gang gang = Gang.of(spec, draft);
    switch (scheduler) {
      case VOLCANO ->
          draft
              .prerequisites()
              .add(gang.podGroup("scheduling.volcano.sh/v1beta1", podGroup(names), volcano(spec)));
      case PLUGINS, KUBE ->
          draft
              .prerequisites()
              .add(gang.podGroup("scheduling.x-k8s.io/v1alpha1", podGroup(names), Map.of()));
      case YUNIKORN ->
          draft
              .pod()
              .getMetadata()
              .getAnnotations()
              .put("yunikorn.apache.org/task-groups", gang.taskGroups());
      case KUEUE -> {}
    }
  }

  private static Map<String, Object> volcano(SparkApplicationSpec spec) {
    var more = new TreeMap<String, Object>();
    if (spec.batchSchedulerOptions() instanceof BatchSchedulerConfiguration options) {
      if (options.queue() instanceof String queue) {
        more.put("queue", queue);
      }
      if (options.priorityClassName() instanceof String priority) {
        more.put("priorityClassName", priority);
      }
      if (!options.resources().isEmpty()) {
        var resources = new TreeMap<String, Object>();
        options.resources().forEach((name, amount) -> resources.put(name, amount.toString()));
        more.put("minResources", resources);
      }
    }
    return more;
  }

  private static void label(Map<String, String> conf, String key, String value) {
    conf.put("spark.kubernetes.driver.label." + key, value);
    conf.put("spark.kubernetes.executor.label." + key, value);
  }

  private static void annotate(Map<String, String> conf, String key, String value) {
    conf.put("spark.kubernetes.driver.annotation." + key, value);
    conf.put("spark.kubernetes.executor.annotation." + key, value);
  }
}
