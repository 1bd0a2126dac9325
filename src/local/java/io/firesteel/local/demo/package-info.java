/**
 * The demo: eight requests of two tenants on a fresh laptop platform, live, and judged from outside
 * at the end.
 */
@NullMarked
package io.firesteel.local.demo;

import org.jspecify.annotations.NullMarked;
