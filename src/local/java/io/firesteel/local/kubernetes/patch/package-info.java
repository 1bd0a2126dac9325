/**
 * Patches of objects: JSON patch, JSON merge patch, strategic merge patch and server-side apply.
 * Pure.
 */
@NullMarked
package io.firesteel.local.kubernetes.patch;

import org.jspecify.annotations.NullMarked;
