/**
 * Objects in memory: kinds and keys, label and field selectors, revisions, and a watch cache for
 * each kind. Independent of HTTP and of the rules of writes.
 */
@NullMarked
package io.firesteel.local.kubernetes.store;

import org.jspecify.annotations.NullMarked;
