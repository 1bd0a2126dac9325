package io.firesteel.event;

import java.time.Instant;

/**
 * The load and the limits of a tenant, on a compacted topic keyed by the tenant; a tombstone means
 * that its definition was removed and none of its jobs is left. Published a few times a second at
 * most, so it may lag behind the status of jobs.
 *
 * @param cohort the tenants that share slots with it
 * @param defined false after its definition was removed; then none of its jobs is admitted
 * @param suspended whether an operator suspended it
 * @param maxConcurrency its own slots
 * @param maxQueued waiting jobs beyond which requests are refused
 * @param weight of its share of the cohort's slots
 * @param cohortMaxConcurrency slots of all tenants of the cohort together
 * @param running slots in use
 * @param queued jobs that wait for nothing but a slot
 * @param waiting jobs without a slot, for whatever reason
 */
public record TenantStatus(
    String tenant,
    String cohort,
    boolean defined,
    boolean suspended,
    int maxConcurrency,
    int maxQueued,
    int weight,
    int cohortMaxConcurrency,
    int running,
    int queued,
    int waiting,
    Instant updatedAt) {}
