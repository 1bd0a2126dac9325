package io.firesteel.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The data of an event about a job: which request of the job it is about, beside what the step has
 * to say.
 */
public record EventData(long generation, @JsonUnwrapped Object step) {}
