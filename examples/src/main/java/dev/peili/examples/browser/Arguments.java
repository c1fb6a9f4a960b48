package dev.peili.examples.browser;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of the command's options; picocli puts the option's name before what these say is wrong. */
final class Arguments {
    static final int MAX_TABS = 1_000;
    static final int MAX_SECONDS = 600;

    private Arguments() {}

    /** A number of background tabs. */
    static final class Tabs implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int tabs = Integer.parseInt(value);
                if (tabs >= 1 && tabs <= MAX_TABS) {
                    return tabs;
                }
            } catch (NumberFormatException e) {
                // The same answer as for one that is out of range.
            }
            throw wrong(value, "a whole number from 1 to " + MAX_TABS);
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
            throw wrong(value, "a number of seconds from " + LEAST + " to " + MOST);
        }
    }

    /** The name of a dispatcher. */
    static final class Dispatcher implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String value) {
            return Contender.named(value).orElseThrow(() -> wrong(value, "one of " + Contender.names()));
        }
    }

    /** The name of a file that may or may not be there. */
    static final class FileName implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            try {
                if (!value.isBlank()) {
                    return Path.of(value);
                }
            } catch (InvalidPathException e) {
                // Whatever this system does not take for a name is none.
            }
            throw wrong(value, "the name of a file");
        }
    }

    private static TypeConversionException wrong(String value, String wanted) {
        return new TypeConversionException("'" + value + "' is not " + wanted);
    }
}
