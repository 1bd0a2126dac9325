package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.Sha256;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobFilter;
import io.firesteel.status.JobOrder;
import io.firesteel.status.JobOrder.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where a list continues: the place of its last line, bound to the filter and the order. */
final class Cursor {

  private static final int DIGEST = 16;

  private Cursor() {}

  static String after(Place place, String tenant, JobFilter filter, JobOrder order) {
    String text = digest(tenant, filter, order) + "\n" + place.at() + "\n" + place.jobId();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  static Place read(String cursor, String tenant, JobFilter filter, JobOrder order) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("\n", 3);
      if (parts.length == 3 && parts[0].equals(digest(tenant, filter, order))) {
        return new Place(Instant.parse(parts[1]), parts[2]);
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // Reported below, as a cursor of another list is.
    }
    throw new ProblemException(
        ProblemCode.QUERY_INVALID,
        "the cursor is not one of this list; start again without it, or repeat the same filter");
  }

  private static String digest(String tenant, JobFilter filter, JobOrder order) {
    String text =
        String.join(
            "\n",
            tenant,
            order.text(),
            new TreeSet<>(filter.jobIds()).toString(),
            new TreeSet<>(filter.phases()).toString(),
            new TreeMap<>(filter.labels()).toString(),
            String.valueOf(filter.template()),
            String.valueOf(filter.q()),
            String.valueOf(filter.submitter()),
            String.valueOf(filter.since()),
            String.valueOf(filter.until()));
    return Sha256.of(text).substring(0, DIGEST);
  }
}
