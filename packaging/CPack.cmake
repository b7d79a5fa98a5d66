# The Debian package: cmake --workflow --preset package writes it into the build folder.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME triptych)
set(CPACK_PACKAGE_VENDOR "The Triptych developers")
set(CPACK_PACKAGE_CONTACT "The Triptych developers <maintainers@triptych.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "train small models of DeepSeek-V3's architecture and watch them")
set(CPACK_PACKAGE_DESCRIPTION
  "A trainer and a desktop window for mixture of experts (MoE), multi-head latent
attention (MLA) and multi-token prediction (MTP), the three parts of
DeepSeek-V3's architecture. The window shows a training as it runs: which
expert gets which tokens, what the attention of a text looks like, what the
model expects next, and what the training costs. The command line program
trains, evaluates and generates without a display.")
set(CPACK_STRIP_FILES ON)
# Folders as dpkg wants them, whatever the umask of who builds.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# Libraries with the versions that these programs were linked to. Plugins of Qt come with the libraries that have them.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, qt6-wayland")
include(CPack)
