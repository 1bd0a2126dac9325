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
import io.firesteel.driver.StartupProbe;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, reads and deletes driver pods. Names are deterministic, so every call may be repeated.
 * Thread-safe.
 *
 * <p>Failure modes: an interrupted creation leaves the pod without some of its objects, and the pod
 * cannot start until the creation is repeated. A rejected creation deletes the pod and all that it
 * owns.
 */
public final class DriverPodClient {

  private static final Logger LOG = LoggerFactory.getLogger(DriverPodClient.class);

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final String FIELD_MANAGER = "firesteel";

  private final KubernetesClient client;
  private final String installation;
  private final boolean startupProbes;

  /**
   * A client of one cluster.
   *
   * @param installation the id of this installation, which the objects carry
   * @param startupProbes whether driver pods become ready only when their UI listens
   */
  public DriverPodClient(KubernetesClient client, String installation, boolean startupProbes) {
    this.client = client;
    this.installation = installation;
    this.startupProbes = startupProbes;
  }

  /**
   * Creates the driver pod and its objects, unless they exist. The pod comes first, and starts only
   * once its ConfigMap exists. The ConfigMap is created only while the lease is still held, so a
   * pod that a frozen replica or a slow API server creates late never starts; the owner of the
   * partition deletes it.
   *
   * @param leaseHeld whether the lease has been held since before the call
   */
  public CallResult create(DesiredDriver driver, int partition, BooleanSupplier leaseHeld) {
    return create(
        driver, Creation.withRandomName(driver.attempt(), installation, partition), leaseHeld);
  }

  private CallResult create(DesiredDriver driver, Creation creation, BooleanSupplier leaseHeld) {
    DriverBuildResult built;
    try {
      built = DriverBuilder.build(driver, creation);
    } catch (RuntimeException | StackOverflowError e) {
      return bug(driver, e);
    }
    return switch (built) {
      case DriverBuildResult.Unbuildable(List<ValidationError> errors) ->
          new CallResult.PermanentFailure(Failure.of(FailureReason.SPEC_INVALID, describe(errors)));
      case DriverBuildResult.Built(DriverObjects objects, var properties, _) -> {
        if (startupProbes) {
          StartupProbe.addTo(objects.pod(), properties);
        }
        yield create(driver, creation, withRetention(driver, objects), leaseHeld);
      }
    };
  }

  /** No retry mends a bug. The exception's own message may quote the spec. */
  private static CallResult bug(DesiredDriver driver, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String text =
        "Internal error %s at %s; report it with the worker's log"
            .formatted(failure.getClass().getSimpleName(), trace.length == 0 ? "?" : trace[0]);
    LOG.atError().addKeyValue("job", driver.attempt().job()).log(text);
    return new CallResult.PermanentFailure(Failure.of(FailureReason.BUG, text));
  }

  /** Annotates the pod with its retention, because the job may be forgotten before it ends. */
  private static DriverObjects withRetention(DesiredDriver driver, DriverObjects objects) {
    JsonNode seconds = driver.spec().path("timeToLiveSeconds");
    if (seconds.isIntegralNumber()) {
      var meta = objects.pod().getMetadata();
      meta.setAnnotations(new TreeMap<>(meta.getAnnotations()));
      meta.getAnnotations().put(PodReader.KEEP_SECONDS, seconds.asText());
    }
    return objects;
  }

  private static String describe(List<ValidationError> errors) {
    return errors.stream().map(ValidationError::toString).collect(Collectors.joining("\n"));
  }

  private CallResult create(
      DesiredDriver driver, Creation creation, DriverObjects objects, BooleanSupplier leaseHeld) {
    Pod pod = null;
    try {
      for (HasMetadata prerequisite : objects.prerequisites()) {
        createIfAbsent(prerequisite);
      }
      pod = createIfAbsent(objects.pod());
      if (!Creation.isDriverOf(driver.attempt(), installation, pod)) {
        return new CallResult.PermanentFailure(nameTaken(pod));
      }
      Creation original = Creation.configMapOf(pod).map(creation::withConfigMap).orElse(creation);
      if (!original.equals(creation)) {
        return create(driver, original, leaseHeld);
      }
      if (!leaseHeld.getAsBoolean()) {
        return new CallResult.LeaseLost();
      }
      CallResult failure = createOwnedObjects(objects, pod);
      PodView driverPod = PodReader.readDriver(pod, driver.attempt(), creation.partition());
      return failure == null ? new CallResult.Completed(driverPod) : failure;
    } catch (KubernetesClientException e) {
      return rollBackIfRejected(ApiErrors.toResult(e), pod);
    }
  }

  /** Creates what the pod owns; returns null on success. */
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
        return new CallResult.RetryLater(
            "%s %s of an earlier pod still exists".formatted(found.getKind(), name(found)), null);
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

  /** Returns the object as it is in the cluster; the caller checks whose it is. */
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

  private static Failure nameTaken(HasMetadata found) {
    return Failure.of(
        FailureReason.NAME_TAKEN,
        "%s %s/%s already exists and does not belong to this job"
            .formatted(found.getKind(), found.getMetadata().getNamespace(), name(found)));
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  /** Deletes the pod with this uid, with its grace period or by force. */
  public CallResult delete(Effect.DeletePod request) {
    String path = "/api/v1/namespaces/%s/pods/%s".formatted(request.namespace(), request.name());
    return delete(path, request.uid(), request.force() ? 0L : null);
  }

  /** Deletes the object with this uid. */
  public CallResult deleteOrphan(OrphanedObject object) {
    String path =
        "/%s/%s/namespaces/%s/%s/%s"
            .formatted(
                object.apiVersion().contains("/") ? "apis" : "api",
                object.apiVersion(),
                object.namespace(),
                object.plural(),
                object.name());
    return delete(path, object.uid(), null);
  }

  /** The client's own methods delete any object of the name, whatever its uid. */
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

  /**
   * Reads the driver pod of an attempt by its name, whatever its labels are; completes without a
   * pod if there is none, or another one has the name.
   */
  public CallResult get(Effect.GetPod request, int partition) {
    Attempt attempt = request.attempt();
    String name = DriverNames.of(attempt).pod();
    try {
      Pod pod = client.pods().inNamespace(request.namespace()).withName(name).get();
      boolean found =
          pod != null
              && (pod.getMetadata().getUid().equals(request.uid())
                  || Creation.isDriverOf(attempt, installation, pod));
      return new CallResult.Completed(found ? PodReader.readDriver(pod, attempt, partition) : null);
    } catch (KubernetesClientException e) {
      return ApiErrors.retry(e);
    }
  }
}
