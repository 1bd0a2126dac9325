/**
 * Reading JSON that strangers wrote: strictly, and with an answer that says where the mistake is
 * and how to remedy it.
 */
@NullMarked
package io.firesteel.json;

import org.jspecify.annotations.NullMarked;
