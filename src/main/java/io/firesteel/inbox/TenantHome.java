package io.firesteel.inbox;

/**
 * Where the jobs of a tenant are. Keyed by tenant on the tenants topic, and written by admission
 * when a tenant is defined or removed, or has moved. Intake sends a tenant without a record to the
 * cohort of the tenant's own name, from where admission forwards its messages.
 *
 * @param cohort the key of messages about the tenant
 * @param removed whether the tenant is no longer defined
 */
public record TenantHome(String cohort, boolean removed) {}
