/**
 * An example of the IPC bridge: what a browser loads, as channels between its processes.
 *
 * <p>{@code LogReader} makes a {@code Script} of a DevTools protocol log. The events come from {@code LogParser};
 * {@code FrameTree} knows which frame is within which, {@code Documents} which document a frame shows, and
 * {@code ScriptWriter} finds the target of each {@code Channel}. {@code Counts} says what a script asks for, before it is
 * played.
 *
 * <p>A {@code Session} plays it, with a parent and its content in one process or in two ({@code ContentProcess}). The protocols
 * are {@code Content}, {@code Browser} and {@code HttpChannel}. In the parent a {@code Playback} sends what the script says;
 * in the content, {@code ContentChild} chooses where a tab runs, {@code BrowserChild} where its channels do, and
 * {@code HttpChannelChild} checks that they run there. What they have handled comes back as {@code Results}.
 */
@NullMarked
package dev.peili.examples.http;

import org.jspecify.annotations.NullMarked;
