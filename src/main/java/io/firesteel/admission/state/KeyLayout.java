package io.firesteel.admission.state;

import io.firesteel.job.JobKey;
import java.util.List;

/**
 * The keys of the {@link AdmissionStore}: what each {@link Table} and each ordered set begins with.
 * They are stored, so changing one needs a migration; docs/admission.md describes them.
 */
public final class KeyLayout {

  static final String DEPENDENT_COUNTS = "b/";
  static final String COHORTS = "c/";
  private static final String DEPENDENTS = "d/";
  private static final String FAIR_SHARES = "e/";
  private static final String FOLLOW_UPS = "f/";
  static final String REQUESTS = "j/";
  private static final String DEPARTURES = "m/";
  static final String QUEUE_LENGTHS = "n/";
  static final String OBJECT_VERSIONS = "o/";
  private static final String PRIORITIES = "p/";
  private static final String READY_QUEUES = "q/";
  private static final String REMOVALS = "r/";
  static final String JOBS = "s/";
  static final String TENANTS = "t/";
  private static final String TIMERS = "w/";

  /** No key begins with it; a search in the last set ends here. */
  private static final String END = "x/";

  private KeyLayout() {}

  /** The one timer of each job, by time. */
  public static String timers() {
    return TIMERS;
  }

  /** A tenant's jobs that could start, by priority and arrival. */
  public static String readyQueue(String tenant) {
    return READY_QUEUES + tenant + "/";
  }

  /** The priorities in a tenant's ready queue. */
  public static String priorities(String tenant) {
    return PRIORITIES + tenant + "/";
  }

  /** A cohort's tenants that could use a slot, the next one first. */
  public static String fairShare(String cohort) {
    return FAIR_SHARES + lengthPrefixed(cohort) + "/";
  }

  /** The jobs that depend on a job. */
  public static String dependents(JobKey job) {
    return DEPENDENTS + job.tenant() + "/" + lengthPrefixed(job.id()) + "/";
  }

  /** Removed tenants, by the time at which their waiting jobs are cancelled. */
  public static String removals() {
    return REMOVALS;
  }

  /** Cohorts whose jobs can start, left by a decision. */
  public static String unfinishedCohorts() {
    return FOLLOW_UPS + "cohorts/";
  }

  /** Ended jobs for which others still wait, left by a decision. */
  public static String unfinishedEnds() {
    return FOLLOW_UPS + "ended/";
  }

  /** Tenants that move to another cohort and have jobs that were not copied yet. */
  public static String departures() {
    return DEPARTURES;
  }

  /** What every key begins with, in the order of the keys. */
  public static List<String> prefixes() {
    return List.of(
        DEPENDENT_COUNTS,
        COHORTS,
        DEPENDENTS,
        FAIR_SHARES,
        FOLLOW_UPS,
        REQUESTS,
        DEPARTURES,
        QUEUE_LENGTHS,
        OBJECT_VERSIONS,
        PRIORITIES,
        READY_QUEUES,
        REMOVALS,
        JOBS,
        TENANTS,
        TIMERS,
        END);
  }

  /** Whether a set outlives jobs. The set of a job's dependents does not. */
  public static boolean isLongLived(String group) {
    return !group.startsWith(DEPENDENTS) || group.equals(DEPENDENTS);
  }

  /** A text that ends where its length says, whatever characters it contains. */
  private static String lengthPrefixed(String text) {
    return text.length() + ":" + text;
  }
}
