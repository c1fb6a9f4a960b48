package dev.peili.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options; picocli puts the option's name before what these say is wrong. */
public final class OptionValues {
    private OptionValues() {}

    /** The name of a file that may or may not be there. */
    public static final class FileName implements ITypeConverter<Path> {
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

    /** A whole number of a range. */
    public static int wholeNumber(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for one that is out of range.
        }
        throw wrong(value, "a whole number from " + least + " to " + most);
    }

    /** Says what the value is not. */
    public static TypeConversionException wrong(String value, String wanted) {
        return new TypeConversionException("'" + value + "' is not " + wanted);
    }
}
