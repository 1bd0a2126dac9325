/** Tenants: their definitions, limits and policies. */
@NullMarked
package io.firesteel.tenant;

import org.jspecify.annotations.NullMarked;
