/**
 * The status of jobs and tenants. Every replica answers from its own copy of the status topics,
 * which may lag behind the events.
 */
@NullMarked
package io.firesteel.status;

import org.jspecify.annotations.NullMarked;
