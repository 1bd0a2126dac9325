package io.firesteel.workflow.spec;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A task of a workflow.
 *
 * @param name unique within the workflow
 * @param request the payload of its jobs' requests, with placeholders
 * @param forEach null for a task with one job
 */
public record TaskSpec(String name, JsonNode request, Depends depends, @Nullable ForEach forEach) {}
