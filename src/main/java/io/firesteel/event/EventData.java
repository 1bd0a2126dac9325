package io.firesteel.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The data of a job event: the generation of the job, and the fields of the event. */
public record EventData(long generation, @JsonUnwrapped Object step) {}
