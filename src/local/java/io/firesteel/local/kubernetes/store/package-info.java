/**
 * Objects in memory: resources and keys, label and field selectors, revisions, and the watch cache
 * of each resource. Knows no HTTP and no rules.
 */
@NullMarked
package io.firesteel.local.kubernetes.store;

import org.jspecify.annotations.NullMarked;
