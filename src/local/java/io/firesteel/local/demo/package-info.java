/**
 * The demo: eight requests of two tenants on a new laptop platform, and a check of the outcome from
 * the audit log and the topics.
 */
@NullMarked
package io.firesteel.local.demo;

import org.jspecify.annotations.NullMarked;
