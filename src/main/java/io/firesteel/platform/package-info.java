/** What every feature shares: log fields about a job, histogram buckets, native registrations. */
@NullMarked
package io.firesteel.platform;

import org.jspecify.annotations.NullMarked;
