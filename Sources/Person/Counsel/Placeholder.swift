import Charters
import Store
import Models
