package dev.peili.examples.browser;

import dev.peili.examples.OptionValues;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Reads the values of the command's own options. */
final class Arguments {
    static final int MAX_TABS = 1_000;
    static final int MAX_SECONDS = 600;

    private Arguments() {}

    /** A number of background tabs. */
    static final class Tabs implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, MAX_TABS);
        }
    }

    /** The length of a run. */
    static final class Seconds implements ITypeConverter<Duration> {
        private static final BigDecimal LEAST = new BigDecimal("0.1");
        private static final BigDecimal MOST = BigDecimal.valueOf(MAX_SECONDS);

        @Override
        public Duration convert(String value) {
            try {
                BigDecimal seconds = new BigDecimal(value);
                if (seconds.compareTo(LEAST) >= 0 && seconds.compareTo(MOST) <= 0) {
                    return Duration.ofNanos(seconds.movePointRight(9).longValue());
                }
            } catch (NumberFormatException e) {
                // The same answer as for one that is out of range.
            }
            throw OptionValues.wrong(value, "a number of seconds from " + LEAST + " to " + MOST);
        }
    }

    /** The name of a dispatcher. */
    static final class Dispatcher implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String value) {
            return Contender.named(value).orElseThrow(() -> OptionValues.wrong(value, "one of " + Contender.names()));
        }
    }
}
