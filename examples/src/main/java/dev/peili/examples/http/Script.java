package dev.peili.examples.http;

import java.util.List;

/**
 * A log as channels, in the order in which things happened.
 *
 * <p>Before the first channel of a DocGroup there is a {@link Step.Show} of one of its documents. The frame may show another
 * document while the channel is still open. The first message of a channel comes after its {@link Step.Open}, and none comes
 * after its {@linkplain Message#isLast() last}; not every channel has a last one.
 *
 * @param name the file that it was read from, as given
 * @param tabs the frames at the roots of the trees that open channels, in the order of their first ones
 * @param channels every request, in the order in which they were made, at least one
 * @param steps what happens; documents of other tabs are left out
 * @param skipped what was not understood
 */
record Script(String name, List<String> tabs, List<Channel> channels, List<Step> steps, Skipped skipped) {
    Script {
        tabs = List.copyOf(tabs);
        channels = List.copyOf(channels);
        steps = List.copyOf(steps);
    }
}
