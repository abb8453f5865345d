// How much memory is held, and how much at most, while one input is read. AddressSanitizer tells of every allocation.
#include <stddef.h>

int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t), void (*)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *);

static long held = 0, peak = 0;

static void allocated(const volatile void *place, size_t size) {
    (void)place;
    held += (long)size;
    if (held > peak) peak = held;
}

static void released(const volatile void *place) {
    if (place) held -= (long)__sanitizer_get_allocated_size(place);
}

void peak_memory_watch(void) { __sanitizer_install_malloc_and_free_hooks(allocated, released); }

void peak_memory_start(void) { held = peak = 0; }

long peak_memory(void) { return peak; }

long held_memory(void) { return held; }
