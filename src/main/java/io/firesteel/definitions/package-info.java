/**
 * Reads tenants, templates, triggers and clusters from a directory of YAML documents. Reading is
 * strict. Every error has its file, line and field, and does not affect other documents.
 */
@NullMarked
package io.firesteel.definitions;

import org.jspecify.annotations.NullMarked;
