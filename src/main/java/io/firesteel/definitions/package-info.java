/**
 * Tenants, templates and triggers from a directory of YAML documents. Reading is strict; every
 * mistake is told with file, line and field, and does not harm the documents beside it.
 */
@NullMarked
package io.firesteel.definitions;

import org.jspecify.annotations.NullMarked;
