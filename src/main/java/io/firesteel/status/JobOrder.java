package io.firesteel.status;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** The orders of lists. Jobs of the same moment are sorted by id. */
public enum JobOrder {
  UPDATED_FIRST("-updatedAt", true, true),
  UPDATED_LAST("updatedAt", true, false),
  SUBMITTED_FIRST("-submittedAt", false, true),
  SUBMITTED_LAST("submittedAt", false, false);

  /** The orders by their names in a query. */
  public static final Map<String, JobOrder> BY_NAME =
      Map.of(
          UPDATED_FIRST.text, UPDATED_FIRST,
          UPDATED_LAST.text, UPDATED_LAST,
          SUBMITTED_FIRST.text, SUBMITTED_FIRST,
          SUBMITTED_LAST.text, SUBMITTED_LAST);

  private final String text;
  private final boolean byUpdate;
  private final boolean descending;

  JobOrder(String text, boolean byUpdate, boolean descending) {
    this.text = text;
    this.byUpdate = byUpdate;
    this.descending = descending;
  }

  /** Where a job stands in an order; a list continues after it. */
  public record Place(Instant at, String jobId) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::at).thenComparing(Place::jobId);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** The place of a job. */
  public Place place(JobSummary job) {
    return new Place(byUpdate ? job.updatedAt() : job.submittedAt(), job.jobId());
  }

  boolean byUpdate() {
    return byUpdate;
  }

  boolean descending() {
    return descending;
  }

  /** Its name in a query. */
  public String text() {
    return text;
  }
}
