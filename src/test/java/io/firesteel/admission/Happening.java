package io.firesteel.admission;

import static io.firesteel.admission.Situation.JOB;
import static io.firesteel.admission.Situation.OTHER;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Something that can happen to a job in any state: the rows of the table. */
enum Happening {
  SUBMITTED("the job is submitted", world -> world.submit(sample())),
  REFUSED(
      "intake refuses a request of that name",
      world ->
          world.send(
              "blue",
              new InboxMessage.Refused(
                  JOB, Sample.origin("bad"), Sample.failure(FailureCategory.REQUEST)))),
  CANCELLED("its end is asked for", world -> world.cancel(JOB)),
  PRIORITY(
      "another priority",
      world -> world.send("blue", new InboxMessage.PriorityChanged(JOB, Sample.origin("p"), 7))),
  CREATED("pod created", world -> world.created(JOB)),
  REJECTED(
      "driver rejected",
      world ->
          world.observe(
              new Observation.Rejected(
                  world.attempt(JOB), world.now(), Sample.failure(FailureCategory.CONFIGURATION)))),
  REJECTED_RETRY(
      "driver rejected, a retry is left",
      retrying(),
      world ->
          world.observe(
              new Observation.Rejected(
                  world.attempt(JOB), world.now(), Sample.failure(FailureCategory.CAPACITY)))),
  PENDING(
      "pod pending",
      world ->
          world.observe(
              new Observation.Pending(world.attempt(JOB), world.now(), "ContainerCreating", null))),
  STARTED("driver started", world -> world.started(JOB)),
  EXECUTORS(
      "executors counted",
      world ->
          world.observe(
              new Observation.Executors(world.attempt(JOB), world.now(), 2, 2, List.of()))),
  FINISHED("driver finished well", world -> world.finished(JOB, null)),
  FINISHED_LATER(
      "driver finished well, after the stop",
      world -> {
        world.clock(world.now().plusSeconds(1));
        return world.finished(JOB, null);
      }),
  FAILED(
      "driver failed", world -> world.finished(JOB, Sample.failure(FailureCategory.APPLICATION))),
  FAILED_RETRY(
      "driver failed, a retry is left",
      retrying(),
      world -> world.finished(JOB, Sample.failure(FailureCategory.APPLICATION))),
  GONE("pod gone", world -> world.gone(JOB, Sample.failure(FailureCategory.INFRASTRUCTURE))),
  STALE(
      "news of another attempt",
      world ->
          world.observe(
              new Observation.Gone(
                  new Attempt(JOB, world.attempt(JOB).generation(), 99),
                  world.now(),
                  Sample.failure(FailureCategory.INFRASTRUCTURE)))),
  TENANT_STOPPED("the tenant's limit becomes 0", world -> world.limit("blue", 0)),
  TENANT_OPENED("the tenant's limit becomes 5", world -> world.limit("blue", 5)),
  SUSPENDED(
      "the tenant is suspended",
      world -> world.send("blue", new InboxMessage.TenantSuspended("blue", Sample.origin("s")))),
  RESUMED(
      "the tenant is resumed",
      world -> world.send("blue", new InboxMessage.TenantResumed("blue", Sample.origin("r")))),
  REMOVED(
      "the tenant is defined no more, for an hour",
      world -> {
        List<Output> outputs =
            new ArrayList<>(world.send("blue", new InboxMessage.TenantRemoved("blue")));
        outputs.addAll(world.after(Duration.ofHours(1)));
        return outputs;
      }),
  WAIT_OVER("the time it waits for comes", world -> world.after(Duration.ofHours(24))),
  ADMIT_BY(
      "`admitBy` passes",
      deadlines(new Deadlines(soon(), null, null, null)),
      world -> world.after(Duration.ofHours(1))),
  START_WITHIN(
      "`startWithin` passes",
      deadlines(new Deadlines(null, Duration.ofHours(1), null, null)),
      world -> world.after(Duration.ofHours(1))),
  RUN_WITHIN(
      "`runWithin` passes",
      deadlines(new Deadlines(null, null, Duration.ofHours(1), null)),
      world -> world.after(Duration.ofHours(1))),
  FINISH_BY(
      "`finishBy` passes",
      deadlines(new Deadlines(null, null, null, soon())),
      world -> world.after(Duration.ofHours(1))),
  DEPENDENCY_MET("the job it depends on succeeds", world -> world.finished(OTHER, null)),
  DEPENDENCY_FAILED(
      "the job it depends on fails",
      world -> world.finished(OTHER, Sample.failure(FailureCategory.APPLICATION))),
  FORGOTTEN("the memory's time is over", world -> world.after(Duration.ofDays(7)));

  private final String title;
  private final UnaryOperator<Sample> job;
  private final Function<World, List<Output>> action;

  Happening(String title, Function<World, List<Output>> action) {
    this(title, UnaryOperator.identity(), action);
  }

  Happening(String title, UnaryOperator<Sample> job, Function<World, List<Output>> action) {
    this.title = title;
    this.job = job;
    this.action = action;
  }

  String title() {
    return title;
  }

  /** The job of the table as this row needs it. */
  Sample prepare() {
    return job.apply(sample());
  }

  List<Output> happenIn(World world) {
    return action.apply(world);
  }

  private static Sample sample() {
    return Sample.job(JOB.tenant(), JOB.id());
  }

  private static Instant soon() {
    return Sample.START.plus(Duration.ofHours(1));
  }

  private static UnaryOperator<Sample> retrying() {
    return sample -> sample.retry(Situation.retryOnce(Duration.ofSeconds(10)));
  }

  private static UnaryOperator<Sample> deadlines(Deadlines deadlines) {
    return sample -> sample.deadlines(deadlines);
  }
}
