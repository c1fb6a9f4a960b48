package dev.peili.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@link Script} promises to those who play it. */
final class ScriptRules {
    private ScriptRules() {}

    static void check(Script script) {
        Set<Target.OfDocuments> shown = new HashSet<>();
        BitSet ended = new BitSet();
        int opened = 0;
        for (Step step : script.steps()) {
            if (step instanceof Step.Show show) {
                assertThat(script.tabs()).contains(show.documents().tab());
                shown.add(show.documents());
            } else if (step instanceof Step.Open open) {
                assertThat(open.channel()).isEqualTo(opened++);
                if (script.channels().get(open.channel()).target() instanceof Target.OfDocuments documents) {
                    assertThat(shown).contains(documents);
                }
            } else if (step instanceof Step.Send send) {
                assertThat(send.channel()).isLessThan(opened);
                assertThat(ended.get(send.channel())).as("%s", send).isFalse();
                ended.set(send.channel(), send.message().isLast());
            }
        }
        assertThat(script.channels()).hasSize(opened).isNotEmpty();
        assertThat(script.tabs()).containsExactlyElementsOf(tabs(script));
        assertThat(script.channels()).extracting(Channel::requestId).doesNotHaveDuplicates();
        check(script, Counts.of(script));
    }

    private static void check(Script script, Counts counts) {
        Counts.Targets targets = counts.targets();
        assertThat(targets.docGroup() + targets.tabGroup() + targets.none()).isEqualTo(counts.channels());
        assertThat(counts.messages() + counts.redirects())
                .isEqualTo(script.steps().stream()
                        .filter(Step.Send.class::isInstance)
                        .count());
    }

    private static Set<String> tabs(Script script) {
        return script.channels().stream()
                .map(Channel::target)
                .filter(target -> !(target instanceof Target.None))
                .map(target -> target instanceof Target.OfTab tab ? tab.tab() : ((Target.OfDocuments) target).tab())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
