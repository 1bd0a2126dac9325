package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The definition of a schedule.
 *
 * @param request the payload of its job requests, without tenant and id
 * @param filled whether its parameters and its spec have placeholders for the nominal time
 */
public record JobSchedule(
    ScheduleKey key, ScheduleSettings settings, JsonNode request, boolean filled) {}
