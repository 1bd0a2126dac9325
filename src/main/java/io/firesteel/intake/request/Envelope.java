package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A readable message, whichever of the three forms it came in.
 *
 * @param type what it asks for, by its CloudEvents type
 * @param origin who asked; its correlation data is filled in when the payload is read
 * @param expiry CloudEvents' {@code expirytime}
 * @param data the payload
 * @param pointer where the payload begins within the message, for telling mistakes
 * @param plain whether the payload also holds the envelope's fields
 * @param version the writing of an object that it tells of, if a trigger made it
 */
public record Envelope(
    String type,
    Origin origin,
    @Nullable Instant expiry,
    JsonNode data,
    String pointer,
    boolean plain,
    @Nullable ObjectVersion version) {}
