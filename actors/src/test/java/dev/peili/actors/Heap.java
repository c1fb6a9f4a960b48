package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is reachable: how many objects of each class of this project, and how many bytes of all classes. Whatever registry
 * forgets to forget something, it shows here.
 */
record Heap(Map<String, Long> objects, long bytes) {
    private static final Pattern OURS =
            Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(dev[.]peili[.]\\S+)", Pattern.MULTILINE);

    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);

    /** Collects the garbage and looks at what is left, but for lambdas, most of which are made once and stay. */
    static Heap withoutGarbage() {
        String histogram = histogram();
        Map<String, Long> objects = new TreeMap<>();
        for (Matcher line = OURS.matcher(histogram); line.find(); ) {
            String type = line.group(2);
            if (!type.contains("$$Lambda") && !type.equals(Heap.class.getName())) {
                objects.put(type, Long.parseLong(line.group(1)));
            }
        }
        Matcher total = TOTAL.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return new Heap(objects, Long.parseLong(total.group(1)));
    }

    /** Of which classes there are more objects than there were, and how many more. */
    Map<String, Long> moreThan(Heap before) {
        Map<String, Long> more = new TreeMap<>();
        objects.forEach((type, count) -> more.put(type, count - before.objects.getOrDefault(type, 0L)));
        more.values().removeIf(difference -> difference <= 0);
        return more;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
