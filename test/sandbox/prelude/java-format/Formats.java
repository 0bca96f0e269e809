import java.util.List;
import java.util.Locale;

/**
 * Writes expected.tsv, what Java itself makes of each format: `java Formats.java > expected.tsv` (made with JDK 25, the same with 17).
 * Columns: the values as a JavaScript list, the format, the text Java writes; "null" where Java throws.
 */
public class Formats {
    static void row(String values, String format, Object... given) {
        String text;
        try {
            text = quote(String.format(Locale.ROOT, format, given));
        } catch (java.util.IllegalFormatException refused) {
            text = "null";
        }
        System.out.println(values + "\t" + quote(format) + "\t" + text);
    }

    static void rows(String values, String formats, Object... given) {
        for (String format : formats.split("\\|")) row(values, format, given);
    }

    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    static String script(double number) {
        return "[" + (number == 0 && 1 / number < 0 ? "-0" : Double.toString(number)) + "]";
    }

    public static void main(String[] arguments) {
        rows("['a','b']", "%s, %s|%2$s %1$s %s %<s|%s %s %s|%3$s|%2$S%n|%s%%", "a", "b");
        rows("['abc']", "%s|%5s|%-5s.|%.2s|%S|%5.1s|%-5.1s.|%b|%B|%.2b|%c|%d|%x|%f|%e", "abc");
        rows("[null]", "%s|%5.2s|%S|%b|%c|%d|%08d|%,d|%-6d.|%f|%.1f|%x|%e", (Object) null);
        rows("[true]", "%b|%B|%6b|%-6b.|%.2b|%s|%d", true);
        rows("['x']", "%c|%3c|%-3c.|%C", 'x');
        rows("[25209]", "%c|%5c", 25209);
        rows("[]", "100%% sure%n|%5%|%-5%.|plain|%s|50% off|5 %|%");
        rows("[1]", "%|%q|% s|%+s|%-d|%0d|%-05d|%+ 5d|%.2d|%,x|%+x|%(x|%#d|%#s|%00d|%5n|%.2%|%.2c|%,e|%#g|%2$s|%<s|%t"
                + "|%-c|%0s|%+c|%.1x|%--5d|%1$|%$s|%0$s|%-n|%1$d %1$5d|%d and %d", 1);
        for (long number : List.of(0L, 42L, -42L, 255L, 1234567L, -1234567L, 2147483647L, 9007199254740991L)) {
            rows("[" + number + "]", "%d|%5d|%-5d.|%05d|%+d|% d|%,d|%(d|%012d|%(012d|%(,015d|%,15d|%0,12d|%+,d|%+012d|% 012d|%x|%X|%#x"
                    + "|%010x|%#010x|%-10x.|%o|%#o|%s", number == (int) number ? (Object) (int) number : (Object) number);
        }
        rows("[-2147483649]", "%x|%o|%d", -2147483649L);
        rows("[4294967296]", "%x|%X|%o|%d", 4294967296L);
        for (double number : new double[] {
            0, -0.0, 1.005, 0.125, 2.5, -2.5, 0.5, 1.5, 1e21, 1.5e-7, 123456.789, -0.0004, 99.995, 0.05, 1e10, 9.999999, 0.1 + 0.2,
            1.7976931348623157e308, 1234.5678, 999999.5, 0.00009999, 0.0001
        }) {
            rows(script(number), "%f|%.2f|%.0f|%10.1f|%-10.1f.|%010.2f|%,.2f|%(.2f|%+.3f|% .1f|%(,012.1f|%#.0f|%e|%.2e|%.0e|%E|%12.3e|%012.3e"
                    + "|%(.1e|%#.0e|%g|%.3g|%.0g|%10.2g|%.12g|%G", number);
        }
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            rows("[" + number + "]", "%f|%10.2f|%010.1f|%+f|%(f|%e|%-10f.|%,f|%g|%.1f|% f", number);
        }
    }
}
