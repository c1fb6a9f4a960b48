/**
 * The main example: recorded browser sessions replayed on several dispatchers.
 *
 * <p>{@link dev.peili.examples.browser.TraceReader} makes a {@link dev.peili.examples.browser.Recording} of a Chrome trace.
 * The events come from {@code TraceParser}; {@code TraceCollector} sorts them by thread, {@code ThreadEvents} makes tasks of
 * those of a main thread, and {@code FrameTree} knows the tab and the URL of a frame at a given time.
 *
 * <p>{@code Labeller} finds the group of each task, which makes a {@code Script} of the recording. A {@code Trial} plays the
 * scripts of a {@code Load} on one {@code Contender} after the other: a {@code ForegroundTab} at the recorded times, and
 * {@code BackgroundTab}s without end, on a {@code Stage} of Peili or of Pekko. {@code Comparison} and {@code JsonFile} show
 * what came out. A {@code TurnRecorder} keeps what happened on Peili, turn by turn, and {@code ChromeTrace} makes a trace of
 * it again.
 */
@NullMarked
package dev.peili.examples.browser;

import org.jspecify.annotations.NullMarked;
