package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.json.JsonCodec;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.access.Grants;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobChange;
import io.firesteel.status.JobIndex;
import io.firesteel.status.JobIndex.Backlog;
import io.firesteel.status.StreamPosition;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Tells of changes of jobs as they come, as server-sent events. */
@Singleton
@Path("/v1/stream")
@RunOnVirtualThread
@Tag(name = "jobs")
public final class StreamResource {

  private static final int MAX_STREAMS = 500;
  private static final int MAX_BEHIND = 10_000;
  private static final Duration MAX_TIME = Duration.ofHours(1);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PING = Duration.ofSeconds(15);
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

  private final JobIndex index;
  private final CurrentCaller caller;
  private final Semaphore slots = new Semaphore(MAX_STREAMS);
  private volatile boolean stopping;

  StreamResource(JobIndex index, CurrentCaller caller) {
    this.index = index;
    this.caller = caller;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  @Requires(value = Role.VIEWER, forAnyTenant = true)
  @Operation(
      operationId = "streamChanges",
      summary = "Tells of changes of jobs as they come",
      description =
          "Events: 'job' with a line of a list, 'forgotten' with tenant and jobId, 'reset' after"
              + " which every job follows, and 'end' before the server closes. The id of an event is"
              + " a position that any replica continues from, by Last-Event-ID or from; without"
              + " one, the stream begins now.")
  @APIResponse(
      responseCode = "200",
      description = "Server-sent events.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class)))
  public void stream(
      @QueryParam("tenant")
          @Parameter(description = "Only these tenants; by default all that the caller may see.")
          @Nullable List<String> tenants,
      @QueryParam("from") @Parameter(description = "The position of a list.") @Nullable String from,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context Sse sse) {
    Predicate<String> wanted = wanted(tenants == null ? List.of() : tenants);
    StreamPosition since = since(lastEventId == null ? from : lastEventId);
    if (!slots.tryAcquire()) {
      throw new ProblemException(ProblemCode.RATE_LIMITED, "this replica has many streams now");
    }
    BlockingQueue<JobChange> coming = new ArrayBlockingQueue<>(MAX_BEHIND);
    AtomicBoolean behind = new AtomicBoolean();
    Consumer<JobChange> listener =
        change -> {
          if (wanted.test(change.key().tenant()) && !coming.offer(change)) {
            behind.set(true);
          }
        };
    try (sink) {
      Out out = new Out(sink, sse);
      sendBacklog(index.subscribe(wanted, since, listener), out);
      out.send("end", null, Map.of("reason", follow(coming, behind, out)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | IllegalStateException _) {
      // The reader is gone or does not read; it comes back with the id of the last event.
    } finally {
      index.unsubscribe(listener);
      slots.release();
    }
  }

  private Predicate<String> wanted(List<String> tenants) {
    Grants grants = caller.get().grants();
    for (String tenant : tenants) {
      if (!grants.allow(Role.VIEWER, tenant)) {
        throw new ProblemException(ProblemCode.FORBIDDEN);
      }
    }
    Set<String> named = Set.copyOf(tenants);
    return tenant -> named.isEmpty() ? grants.allow(Role.VIEWER, tenant) : named.contains(tenant);
  }

  private StreamPosition since(@Nullable String text) {
    return text == null
        ? index.position()
        : StreamPosition.parse(text)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.QUERY_INVALID, "the position is not like 0:91,1:77"));
  }

  /** Only the last event has an id: a reader who loses the connection before gets all again. */
  private static void sendBacklog(Backlog backlog, Out out)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!backlog.complete()) {
      out.send("reset", null, Map.of());
    }
    for (JobChange change : backlog.changes()) {
      out.send(change, null);
    }
    out.position = backlog.position();
    out.send("position", out.position, Map.of());
  }

  /** Passes on changes until the stream has to end; returns why. */
  private String follow(BlockingQueue<JobChange> coming, AtomicBoolean behind, Out out)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + MAX_TIME.toNanos();
    long ping = System.nanoTime() + PING.toNanos();
    while (System.nanoTime() < end) {
      if (stopping) {
        return "this replica stops; reconnect";
      }
      if (behind.get()) {
        return "the reader is too slow; reconnect";
      }
      StreamPosition before = index.position();
      JobChange change = coming.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (change != null) {
        out.position = out.position.after(change.partition(), change.offset());
        out.send(change, out.position);
      } else if (System.nanoTime() > ping) {
        // Nothing came since, so the reader knows everything up to here.
        out.position = before;
        out.send("position", before, Map.of());
        ping = System.nanoTime() + PING.toNanos();
      }
    }
    return "reconnect, so that the token is checked again";
  }

  /** Writes events; one thread. */
  private static final class Out {

    private final SseEventSink sink;
    private final Sse sse;
    private StreamPosition position = StreamPosition.START;

    Out(SseEventSink sink, Sse sse) {
      this.sink = sink;
      this.sse = sse;
    }

    void send(JobChange change, @Nullable StreamPosition id)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (change.job() == null) {
        Map<String, String> key =
            Map.of("tenant", change.key().tenant(), "jobId", change.key().id());
        send("forgotten", id, key);
      } else {
        send("job", id, change.job());
      }
    }

    void send(String name, @Nullable StreamPosition id, Object data)
        throws InterruptedException, ExecutionException, TimeoutException {
      OutboundSseEvent.Builder event =
          sse.newEventBuilder()
              .name(name)
              .data(String.class, new String(JsonCodec.write(data), UTF_8));
      if (id != null) {
        event.id(id.toString());
      }
      sink.send(event.build())
          .toCompletableFuture()
          .get(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
