import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.values.ValueModel;

/**
 * Run by the build: writes the source of the off-heap class that Chronicle Map would otherwise generate and compile,
 * with javac, when the first map is opened. Arguments: the value interface, the directory of the sources.
 */
public final class GenerateNativeValues {
    public static void main(String[] arguments) throws Exception {
        Class<?> type = Class.forName(arguments[0]);
        Method generate = Class.forName("net.openhft.chronicle.values.Generators")
                .getDeclaredMethod("generateNativeClass", ValueModel.class, String.class);
        generate.setAccessible(true);
        String name = type.getSimpleName() + "$$Native";
        String source = (String) generate.invoke(null, ValueModel.acquire(type), name);
        Path file = Path.of(arguments[1], type.getPackageName().replace('.', '/'), name + ".java");
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
