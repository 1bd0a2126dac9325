package io.firesteel.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.OrphanedObject;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Driver pods in the cluster. Names are deterministic, so everything here may be done twice.
 * Thread-safe.
 *
 * <p>Failure modes: a creation that is interrupted leaves the pod without some of its objects, and
 * the pod cannot start until the creation is repeated; one that is refused removes the pod again,
 * and with it all that it owns.
 */
public final class DriverPodClient {

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final String FIELD_MANAGER = "firesteel";

  private final KubernetesClient client;

  public DriverPodClient(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes the driver pod and its objects, as far as they are not there. The pod comes first and
   * starts only when its ConfigMap is there, which is made only while the shard is still owned: a
   * pod that a frozen replica or a slow API server makes late never starts, and the owner removes
   * it.
   *
   * @param owned whether the shard was owned all the time since the creation was decided
   */
  public CallResult create(DesiredDriver driver, int shard, BooleanSupplier owned) {
    return create(driver, Creation.withRandomName(driver.attempt(), shard), owned);
  }

  private CallResult create(DesiredDriver driver, Creation creation, BooleanSupplier owned) {
    return switch (DriverBuilder.build(driver, creation)) {
      case DriverBuildResult.Unbuildable(List<ValidationError> problems) ->
          new CallResult.PermanentFailure(
              Failure.of(FailureCategory.CONFIGURATION, "InvalidSpec", describe(problems)));
      case DriverBuildResult.Built(DriverObjects objects, _, _) ->
          create(driver, creation, withRetention(driver, objects), owned);
    };
  }

  /** Notes on the pod how long it is to be kept, since the job may be forgotten by then. */
  private static DriverObjects withRetention(DesiredDriver driver, DriverObjects objects) {
    JsonNode seconds = driver.spec().path("timeToLiveSeconds");
    if (seconds.isIntegralNumber()) {
      var meta = objects.pod().getMetadata();
      meta.setAnnotations(new TreeMap<>(meta.getAnnotations()));
      meta.getAnnotations().put(PodReader.KEEP_SECONDS, seconds.asText());
    }
    return objects;
  }

  private static String describe(List<ValidationError> problems) {
    return problems.stream().map(ValidationError::toString).collect(Collectors.joining("\n"));
  }

  private CallResult create(
      DesiredDriver driver, Creation creation, DriverObjects objects, BooleanSupplier owned) {
    Pod pod = null;
    try {
      for (HasMetadata before : objects.prerequisites()) {
        createIfAbsent(before);
      }
      pod = createIfAbsent(objects.pod());
      if (!isDriverOf(driver.attempt(), pod)) {
        return new CallResult.PermanentFailure(nameTaken(pod));
      }
      Creation made = Creation.of(pod, creation.partition()).orElse(creation);
      if (!made.equals(creation)) {
        return create(driver, made, owned);
      }
      if (!owned.getAsBoolean()) {
        return new CallResult.LeaseLost();
      }
      CallResult trouble = createOwnedObjects(objects, pod);
      PodView seen = PodReader.readDriver(pod, driver.attempt(), creation.partition());
      return trouble == null ? new CallResult.Completed(seen) : trouble;
    } catch (KubernetesClientException e) {
      return rollBackIfRejected(ApiErrors.toResult(e), pod);
    }
  }

  /** Makes what the pod owns; answers only when that did not work. */
  private @Nullable CallResult createOwnedObjects(DriverObjects objects, Pod pod) {
    String uid = pod.getMetadata().getUid();
    objects.ownedBy(uid);
    for (HasMetadata owned : objects.owned()) {
      HasMetadata found = createIfAbsent(owned);
      if (!PodReader.attemptOf(found.getMetadata())
          .equals(PodReader.attemptOf(owned.getMetadata()))) {
        return rollBackIfRejected(new CallResult.PermanentFailure(nameTaken(found)), pod);
      }
      if (!ownedBy(found, uid)) {
        return new CallResult.RetryLater("the object of an earlier pod is still there", null);
      }
    }
    for (HasMetadata adopted : objects.prerequisites()) {
      client.resource(adopted).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }
    return null;
  }

  private CallResult rollBackIfRejected(CallResult result, @Nullable Pod pod) {
    if (result instanceof CallResult.PermanentFailure && pod != null) {
      String namespace = pod.getMetadata().getNamespace();
      delete(new Effect.DeletePod(namespace, name(pod), pod.getMetadata().getUid(), false));
    }
    return result;
  }

  /** The object as it is in the cluster; what is there already is compared by the caller. */
  private <T extends HasMetadata> T createIfAbsent(T wanted) {
    try {
      return client.resource(wanted).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw e;
      }
      return Optional.ofNullable(client.resource(wanted).get()).orElseThrow(() -> e);
    }
  }

  private static boolean ownedBy(HasMetadata object, String uid) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> uid.equals(owner.getUid()));
  }

  /** By what nobody can change: the ConfigMap in its spec is called after the attempt. */
  private static boolean isDriverOf(Attempt attempt, Pod found) {
    String configMap = DriverNames.of(attempt).configMap() + "-";
    return Creation.of(found, 0)
        .filter(creation -> creation.configMap().startsWith(configMap))
        .isPresent();
  }

  private static Failure nameTaken(HasMetadata found) {
    return Failure.of(
        FailureCategory.CONFIGURATION,
        "NameTaken",
        "A %s %s/%s that is not this job's is in the way"
            .formatted(found.getKind(), found.getMetadata().getNamespace(), name(found)));
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  /** Deletes a pod with its own grace or at once; one of that name with another uid stays. */
  public CallResult delete(Effect.DeletePod asked) {
    String path = "/api/v1/namespaces/%s/pods/%s".formatted(asked.namespace(), asked.name());
    return delete(path, asked.uid(), asked.force() ? 0L : null);
  }

  /** Deletes an object that belongs to nothing; one of that name with another uid stays. */
  public CallResult deleteOrphan(OrphanedObject object) {
    return delete(object.path(), object.uid(), null);
  }

  /** By hand, since the client's own way takes any object of the name. */
  private CallResult delete(String path, String uid, @Nullable Long graceSeconds) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withNewPreconditions()
            .withUid(uid)
            .endPreconditions()
            .withGracePeriodSeconds(graceSeconds)
            .withPropagationPolicy("Background")
            .build();
    try {
      client.raw(path, "DELETE", options);
      return new CallResult.Completed(null);
    } catch (KubernetesClientException e) {
      return afterDeletion(e);
    }
  }

  private static CallResult afterDeletion(KubernetesClientException e) {
    boolean gone = e.getCode() == NOT_FOUND || e.getCode() == CONFLICT;
    return gone ? new CallResult.Completed(null) : ApiErrors.retry(e);
  }

  /** Reads a driver pod from the API server; done without a pod when there is none of ours. */
  public CallResult get(Effect.GetPod asked, int shard) {
    Attempt attempt = asked.attempt();
    String name = DriverNames.of(attempt).pod();
    try {
      Pod pod = client.pods().inNamespace(asked.namespace()).withName(name).get();
      boolean ours =
          pod != null
              && (pod.getMetadata().getUid().equals(asked.uid()) || isDriverOf(attempt, pod));
      return new CallResult.Completed(ours ? PodReader.readDriver(pod, attempt, shard) : null);
    } catch (KubernetesClientException e) {
      return ApiErrors.retry(e);
    }
  }
}
